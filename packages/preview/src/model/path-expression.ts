import { TemplateRefusal } from '../errors';

const MAX_CHARACTERS = 128;

/**
 * A regular expression of a path condition (`RegexValues`).
 *
 * Only what means the same in every dialect is read: the load balancer's own is not documented, nor whether it must match as
 * a whole. So it is anchored at both ends, and has no look-around, no reference and no quantifier of one dialect only.
 *
 * @throws TemplateRefusal for any other one
 */
export function readPathExpression(text: string, path: string): RegExp {
  const refuse = (rule: string) => new TemplateRefusal(path, `must ${rule}, got: ${text}`);
  if (text.length > MAX_CHARACTERS) {
    throw refuse(`have ${MAX_CHARACTERS} characters at most`);
  }
  // What stands in brackets and behind a backslash is no syntax.
  const syntax = text.replace(/\\[^A-Za-z0-9]/g, '_').replace(/\[(?:[^\]\\]|\\.)*\]/g, '_');
  if (/\(\?(?!:)|\\|[*+?}][+]|\[/.test(syntax)) {
    throw refuse('be a regular expression without look-around, references and classes like \\w');
  }
  if (!/^\^.*\$$/s.test(syntax) || withoutGroups(syntax).includes('|')) {
    throw refuse("begin with '^' and end with '$'");
  }
  try {
    return new RegExp(text, 's');
  } catch {
    throw refuse('be a regular expression');
  }
}

function withoutGroups(syntax: string): string {
  const shorter = syntax.replace(/\([^()]*\)/g, '_');
  return shorter === syntax ? syntax : withoutGroups(shorter);
}
