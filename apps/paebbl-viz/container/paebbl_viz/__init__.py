"""A dashboard: any CSV, views that are plain functions, and no code for sign-in.

Import `create_app` from `paebbl_viz.app`; `paebbl_viz.wsgi:app` is what gunicorn serves.
"""
