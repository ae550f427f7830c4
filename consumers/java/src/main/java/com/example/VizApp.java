package com.example;

import com.paebbl.cdk.cognitoalbauth.AllowList;
import com.paebbl.cdk.cognitoalbauth.CognitoAlbAuth;
import com.paebbl.cdk.cognitoalbauth.FrontDoorAlarms;
import com.paebbl.cdk.ecrpipeline.DeployGrantOptions;
import com.paebbl.cdk.ecrpipeline.EcrPipeline;
import com.paebbl.cdk.ecrpipeline.GitHubSource;
import com.paebbl.cdk.ecsec2service.EcsEc2Service;
import com.paebbl.cdk.ecsec2service.ServiceConnectOptions;
import com.paebbl.cdk.slacknotify.SlackNotify;
import com.paebbl.cdk.slacknotify.SlackSource;
import com.paebbl.cdk.slacknotify.WebhookUrl;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.secretsmanager.Secret;

/** The four constructs as one app: what a team writes whose dashboard goes behind its company's sign-in. */
public final class VizApp {
  public static void main(final String[] args) {
    App app = new App();
    StackProps stackProps =
        StackProps.builder().env(Environment.builder().region("us-east-1").build()).build();

    // What outlives every deployment: the images, and who may push and deploy them.
    Stack pipelineStack = new Stack(app, "PaebblPipeline", stackProps);
    EcrPipeline pipeline =
        EcrPipeline.Builder.create(pipelineStack, "Pipeline")
            .repositoryName("paebbl-repository")
            .source(
                GitHubSource.builder()
                    .owner("paebbl")
                    .repository("data-visualization-ops")
                    .branch("main")
                    .build())
            .build();

    Stack stack = new Stack(app, "PaebblViz", stackProps);
    EcsEc2Service service =
        EcsEc2Service.Builder.create(stack, "App")
            .image(pipeline.getReleasedImage())
            .clusterName("ecs-paebbl-cluster")
            .clusterTags(Map.of("app", "ecs-paebbl-cluster", "owner", "paebbl"))
            .namespaceName("paebbl-namespace")
            .family("task-definition-app")
            .cpuUnits(256)
            .memory(Size.mebibytes(512))
            .containerName("app")
            .containerPort(5000)
            .portName("app-port")
            .command(List.of("gunicorn", "--bind", "0.0.0.0:5000", "paebbl_viz.wsgi:app"))
            .logGroupName("flask-app")
            .logStreamPrefix("flask-app-paebbl")
            .serviceName("app")
            .desiredCount(pipeline.desiredCount(stack, 1))
            .serviceConnect(ServiceConnectOptions.builder().alias("app").port(80).build())
            .build();
    pipeline.grantDeploy(
        service.getService(), DeployGrantOptions.builder().logGroup(service.getLogGroup()).build());

    CfnParameter hostedZoneId =
        CfnParameter.Builder.create(stack, "HostedZoneId").type("AWS::Route53::HostedZone::Id").build();
    CognitoAlbAuth door =
        CognitoAlbAuth.Builder.create(stack, "FrontDoor")
            .vpc(service.getVpc())
            .target(service.getService())
            .targetPort(service.getContainerPort())
            .healthCheckPath("/healthz")
            .domainName("viz.paebbl.com")
            .hostedZone(
                HostedZone.fromHostedZoneAttributes(
                    stack,
                    "Zone",
                    HostedZoneAttributes.builder()
                        .zoneName("paebbl.com")
                        .hostedZoneId(hostedZoneId.getValueAsString())
                        .build()))
            .signInDomainPrefix("paebbl-viz")
            .allow(AllowList.builder().emailDomains(List.of("paebbl.com")).build())
            .build();

    // A deployment that makes the dashboard fail is rolled back.
    FrontDoorAlarms alarms = door.getAlarms();
    service.rollBackOn(List.of(alarms.getServerErrors(), alarms.getUnhealthyTargets()));

    SlackNotify.Builder.create(stack, "Notifications")
        .services(List.of(service.getService()))
        .sources(
            List.of(
                SlackSource.alarm(alarms.getServerErrors()),
                SlackSource.alarm(alarms.getUnhealthyTargets()),
                SlackSource.alarm(alarms.getSignInErrors())))
        .webhookUrl(
            WebhookUrl.fromSecret(
                Secret.fromSecretNameV2(stack, "SlackWebhookUrl", "paebbl-viz/slack-webhook-url")))
        .build();

    app.synth();
  }

  private VizApp() {}
}
