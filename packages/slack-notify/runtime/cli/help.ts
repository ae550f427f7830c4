export const HELP = `Tells a Slack channel about deployments, from a pipeline or by hand.

  slack-notify send --status success|failure|cancelled|started [options]
  slack-notify channel ensure --name NAME [options]

Examples
  slack-notify send --status success --service app --environment production
  slack-notify send --status "\${{ job.status }}" --service app      in a GitHub workflow, with 'if: always()'
  slack-notify send --status failure --service app --dry-run        shows the message, sends nothing
  slack-notify channel ensure --name viz-deployments --invite-group data-scientists --invite-group platform-team

'slack-notify send --help' and 'slack-notify channel ensure --help' tell more.
`;

export const SEND_HELP = `Posts one message about a deployment to an incoming webhook.

  slack-notify send --status success|failure|cancelled|started [options]

The webhook URL comes from the environment variable SLACK_WEBHOOK_URL: an argument could be read by others on the machine.
In GitHub Actions the repository, branch, commit, its author and title, and the link to the run are found by themselves.

Options
  --status WORD          success, failure, cancelled or started (needed)
  --service NAME         what was deployed; the repository's name otherwise
  --environment NAME     where to
  --commit SHA           which commit
  --commit-title TEXT    first line of its message
  --author NAME          whose it is
  --branch NAME          which branch
  --reason TEXT          why it failed
  --seconds NUMBER       how long it took
  --run-url URL          the run of the pipeline
  --link TEXT=URL        another link; can be repeated
  --fact NAME=VALUE      anything else; can be repeated
  --webhook-url-env NAME variable with the URL, instead of SLACK_WEBHOOK_URL
  --strict               exit with 1 when the message was not sent; otherwise that only warns
  --dry-run              show the message as JSON, send nothing
  --json                 say what happened as JSON
  --help                 this text

Exit codes
  0  sent, or not sent and only warned about
  1  not sent, with --strict
  2  the command was not understood

Example, last step of a job
  - if: always()
    run: npx slack-notify send --status "\${{ job.status }}" --service app --environment production
    env:
      SLACK_WEBHOOK_URL: \${{ secrets.SLACK_WEBHOOK_URL }}
`;

export const CHANNEL_HELP = `Makes sure that a channel is there and that people are in it. Does nothing that is done already.

  slack-notify channel ensure --name NAME [options]

The token of a Slack app's bot (xoxb-…) comes from the environment variable SLACK_BOT_TOKEN. It needs the scopes
channels:read, channels:manage, channels:join, usergroups:read and, for --invite-email, users:read and users:read.email;
for a private channel groups:read and groups:write instead of those of channels.

Options
  --name NAME            lower case letters, digits, hyphens and underscores, at most 80 (needed)
  --invite-group HANDLE  everyone in this user group, e.g. platform-team; can be repeated
  --invite-email EMAIL   a person; can be repeated
  --purpose TEXT         what the channel is for
  --private              a private channel, when it has to be made
  --dry-run              say what would be done, do nothing
  --json                 say what was done as JSON
  --help                 this text

Exit codes
  0  the channel is there and everyone is in it
  1  Slack refused: the message says why, and which scope is missing
  2  the command was not understood

Example
  slack-notify channel ensure --name viz-deployments --invite-group data-scientists --invite-group platform-team
`;
