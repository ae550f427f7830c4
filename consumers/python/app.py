"""The four constructs as one app: what a team writes whose dashboard goes behind its company's sign-in."""

from aws_cdk import App, CfnParameter, Environment, Size, Stack
from aws_cdk.aws_route53 import HostedZone
from aws_cdk.aws_secretsmanager import Secret
from paebbl_cognito_alb_auth import AllowList, CognitoAlbAuth
from paebbl_ecr_pipeline import EcrPipeline, GitHubSource
from paebbl_ecs_ec2_service import EcsEc2Service, ServiceConnectOptions
from paebbl_slack_notify import SlackNotify, SlackSource, WebhookUrl

app = App()
env = Environment(region="us-east-1")

# What outlives every deployment: the images, and who may push and deploy them.
pipeline_stack = Stack(app, "PaebblPipeline", env=env)
pipeline = EcrPipeline(
    pipeline_stack,
    "Pipeline",
    repository_name="paebbl-repository",
    source=GitHubSource(owner="paebbl", repository="data-visualization-ops", branch="main"),
)

stack = Stack(app, "PaebblViz", env=env)
service = EcsEc2Service(
    stack,
    "App",
    image=pipeline.released_image,
    cluster_name="ecs-paebbl-cluster",
    cluster_tags={"app": "ecs-paebbl-cluster", "owner": "paebbl"},
    namespace_name="paebbl-namespace",
    family="task-definition-app",
    cpu_units=256,
    memory=Size.mebibytes(512),
    container_name="app",
    container_port=5000,
    port_name="app-port",
    command=["gunicorn", "--bind", "0.0.0.0:5000", "paebbl_viz.wsgi:app"],
    log_group_name="flask-app",
    log_stream_prefix="flask-app-paebbl",
    service_name="app",
    desired_count=pipeline.desired_count(stack, 1),
    service_connect=ServiceConnectOptions(alias="app", port=80),
)
pipeline.grant_deploy(service.service, log_group=service.log_group)

hosted_zone_id = CfnParameter(stack, "HostedZoneId", type="AWS::Route53::HostedZone::Id")
door = CognitoAlbAuth(
    stack,
    "FrontDoor",
    vpc=service.vpc,
    target=service.service,
    target_port=service.container_port,
    health_check_path="/healthz",
    domain_name="viz.paebbl.com",
    hosted_zone=HostedZone.from_hosted_zone_attributes(
        stack, "Zone", zone_name="paebbl.com", hosted_zone_id=hosted_zone_id.value_as_string
    ),
    sign_in_domain_prefix="paebbl-viz",
    allow=AllowList(email_domains=["paebbl.com"]),
)

# A deployment that makes the dashboard fail is rolled back.
alarms = door.alarms
service.roll_back_on([alarms.server_errors, alarms.unhealthy_targets])

SlackNotify(
    stack,
    "Notifications",
    services=[service.service],
    sources=[
        SlackSource.alarm(alarms.server_errors),
        SlackSource.alarm(alarms.unhealthy_targets),
        SlackSource.alarm(alarms.sign_in_errors),
    ],
    webhook_url=WebhookUrl.from_secret(
        Secret.from_secret_name_v2(stack, "SlackWebhookUrl", "paebbl-viz/slack-webhook-url")
    ),
)

app.synth()
