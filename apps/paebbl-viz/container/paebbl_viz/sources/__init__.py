"""Where data come from, one module each behind `base.Source`.  Nothing outside of this folder knows of AWS."""
