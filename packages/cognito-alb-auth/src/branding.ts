import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import type { CfnManagedLoginBranding, CfnManagedLoginBrandingProps } from 'aws-cdk-lib/aws-cognito';
import { requireThat } from './validation';

/** The look of the sign-in pages. */
export interface Branding {
  /**
   * Path of an image file to show above the form: .png, .jpeg, .jpg, .svg or .webp, 100 KiB at most.
   *
   * @default - no logo
   */
  readonly logo?: string;

  /**
   * Path of an image file for the browser's tab: .ico or .svg, 100 KiB at most.
   *
   * @default - Cognito's
   */
  readonly favicon?: string;

  /**
   * Settings as the branding editor of Cognito exports them (`describe-managed-login-branding`): colours, corners, texts.
   *
   * With a `logo`, they must switch it on (`components.form.logo.enabled`).
   *
   * @default - Cognito's style, in light and dark as the browser asks for
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-brandingeditor.html
   */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no other type for a JSON document
  readonly settings?: { [name: string]: any };
}

/** A template has a limit of 1 MB, and images are part of it. */
const MAX_BYTES = 102_400;

/** @throws Error when an image is missing, too large or of another kind */
export function validateBranding(branding: Branding = {}): void {
  validateImage('branding.logo', branding.logo, ['.png', '.jpeg', '.jpg', '.svg', '.webp']);
  validateImage('branding.favicon', branding.favicon, ['.ico', '.svg']);
}

function validateImage(prop: string, file: string | undefined, extensions: string[]) {
  if (file === undefined) {
    return;
  }
  requireThat(extensions.includes(extname(file).toLowerCase()), prop, `be a file of ${extensions.join(', ')}`, file);
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  requireThat(size !== undefined, prop, 'be the path of a file that exists', file);
  requireThat((size ?? 0) > 0 && (size ?? 0) <= MAX_BYTES, prop, 'be 1 byte to 100 KiB', `${size} bytes`);
}

/** What CloudFormation is told. Cognito wants either its own values or ours, never both. */
export function brandingProperties(
  branding: Branding | undefined,
): Pick<CfnManagedLoginBrandingProps, 'settings' | 'useCognitoProvidedValues' | 'assets'> {
  if (!branding?.settings && !branding?.logo && !branding?.favicon) {
    return { useCognitoProvidedValues: true };
  }
  const assets = [asset('FORM_LOGO', branding.logo), asset(faviconCategory(branding.favicon), branding.favicon)].flat();
  return { settings: branding.settings ?? settingsFor(branding), ...(assets.length > 0 ? { assets } : {}) };
}

/** An image is only shown where the settings switch it on. */
function settingsFor({ logo }: Branding) {
  const shown = { enabled: true, formInclusion: 'IN', location: 'CENTER', position: 'TOP' };
  return { components: { favicon: { enabledTypes: ['ICO', 'SVG'] }, ...(logo ? { form: { logo: shown } } : {}) } };
}

function faviconCategory(file = '') {
  return extname(file).toLowerCase() === '.svg' ? 'FAVICON_SVG' : 'FAVICON_ICO';
}

function asset(category: string, file: string | undefined): CfnManagedLoginBranding.AssetTypeProperty[] {
  if (file === undefined) {
    return [];
  }
  const extension = extname(file).slice(1).toUpperCase().replace(/^JPG$/, 'JPEG');
  return [{ category, colorMode: 'DYNAMIC', extension, bytes: readFileSync(file).toString('base64') }];
}
