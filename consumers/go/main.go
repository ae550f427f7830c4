// The four constructs as one app: what a team writes whose dashboard goes behind its company's sign-in.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/jsii-runtime-go"
	auth "github.com/paebbl/data-visualization-ops-go/paebblcognitoalbauth"
	ecr "github.com/paebbl/data-visualization-ops-go/paebblecrpipeline"
	ecs "github.com/paebbl/data-visualization-ops-go/paebblecsec2service"
	slack "github.com/paebbl/data-visualization-ops-go/paebblslacknotify"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stackProps := &awscdk.StackProps{Env: &awscdk.Environment{Region: jsii.String("us-east-1")}}

	// What outlives every deployment: the images, and who may push and deploy them.
	pipelineStack := awscdk.NewStack(app, jsii.String("PaebblPipeline"), stackProps)
	pipeline := ecr.NewEcrPipeline(pipelineStack, jsii.String("Pipeline"), &ecr.EcrPipelineProps{
		RepositoryName: jsii.String("paebbl-repository"),
		Source: &ecr.GitHubSource{
			Owner:      jsii.String("paebbl"),
			Repository: jsii.String("data-visualization-ops"),
			Branch:     jsii.String("main"),
		},
	})

	stack := awscdk.NewStack(app, jsii.String("PaebblViz"), stackProps)
	service := ecs.NewEcsEc2Service(stack, jsii.String("App"), &ecs.EcsEc2ServiceProps{
		Image:           pipeline.ReleasedImage(),
		ClusterName:     jsii.String("ecs-paebbl-cluster"),
		ClusterTags:     &map[string]*string{"app": jsii.String("ecs-paebbl-cluster"), "owner": jsii.String("paebbl")},
		NamespaceName:   jsii.String("paebbl-namespace"),
		Family:          jsii.String("task-definition-app"),
		CpuUnits:        jsii.Number(256),
		Memory:          awscdk.Size_Mebibytes(jsii.Number(512)),
		ContainerName:   jsii.String("app"),
		ContainerPort:   jsii.Number(5000),
		PortName:        jsii.String("app-port"),
		Command:         jsii.Strings("gunicorn", "--bind", "0.0.0.0:5000", "paebbl_viz.wsgi:app"),
		LogGroupName:    jsii.String("flask-app"),
		LogStreamPrefix: jsii.String("flask-app-paebbl"),
		ServiceName:     jsii.String("app"),
		DesiredCount:    pipeline.DesiredCount(stack, jsii.Number(1)),
		ServiceConnect:  &ecs.ServiceConnectOptions{Alias: jsii.String("app"), Port: jsii.Number(80)},
	})
	pipeline.GrantDeploy(service.Service(), &ecr.DeployGrantOptions{LogGroup: service.LogGroup()})

	hostedZoneId := awscdk.NewCfnParameter(stack, jsii.String("HostedZoneId"), &awscdk.CfnParameterProps{
		Type: jsii.String("AWS::Route53::HostedZone::Id"),
	})
	door := auth.NewCognitoAlbAuth(stack, jsii.String("FrontDoor"), &auth.CognitoAlbAuthProps{
		Vpc:             service.Vpc(),
		Target:          service.Service(),
		TargetPort:      service.ContainerPort(),
		HealthCheckPath: jsii.String("/healthz"),
		DomainName:      jsii.String("viz.paebbl.com"),
		HostedZone: awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Zone"), &awsroute53.HostedZoneAttributes{
			ZoneName:     jsii.String("paebbl.com"),
			HostedZoneId: hostedZoneId.ValueAsString(),
		}),
		SignInDomainPrefix: jsii.String("paebbl-viz"),
		Allow:              &auth.AllowList{EmailDomains: jsii.Strings("paebbl.com")},
	})

	// A deployment that makes the dashboard fail is rolled back.
	alarms := door.Alarms()
	service.RollBackOn(&[]awscloudwatch.IAlarm{alarms.ServerErrors(), alarms.UnhealthyTargets()})

	slack.NewSlackNotify(stack, jsii.String("Notifications"), &slack.SlackNotifyProps{
		Services: &[]awsecs.IBaseService{service.Service()},
		Sources: &[]slack.SlackSource{
			slack.SlackSource_Alarm(alarms.ServerErrors()),
			slack.SlackSource_Alarm(alarms.UnhealthyTargets()),
			slack.SlackSource_Alarm(alarms.SignInErrors()),
		},
		WebhookUrl: slack.WebhookUrl_FromSecret(awssecretsmanager.Secret_FromSecretNameV2(
			stack, jsii.String("SlackWebhookUrl"), jsii.String("paebbl-viz/slack-webhook-url"),
		), nil),
	})

	app.Synth(nil)
}
