/**
 * Text of others (logs, reasons) without what a terminal or a runner would obey: escape sequences, control characters, and
 * GitHub's workflow commands in both of their forms.
 */
export function safe(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
      .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
      .replace(/##\[/g, '# #[')
  );
}

/** Escapes the message of a GitHub workflow command. */
export function githubMessage(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
