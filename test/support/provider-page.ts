import type { ConsentRequest } from './provider-grants';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 26rem; margin: 12vh auto; padding: 0 1.5rem }
  fieldset { border: 1px solid #8886; border-radius: .6rem; margin: 1rem 0 }
  label { display: block; padding: .2rem 0 }
  input[type=text] { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem }
  button { font: inherit; padding: .6rem 1.4rem; border-radius: .6rem; border: 1px solid #8886; cursor: pointer }
  button[value=allow] { background: #2563eb; color: white; border-color: #2563eb }
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The page on which a person allows or denies, for a human with a browser and for tests alike. */
export function consentPage(
  provider: string,
  action: string,
  query: URLSearchParams,
  scopes: readonly string[],
  account: string,
): string {
  const hidden = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const asked = scopes.map(
    (scope) =>
      `<label><input type="checkbox" name="granted" value="${escaped(scope)}" checked> ${escaped(scope)}</label>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(provider)} (local)</title><style>${STYLE}</style></head>
<body><h1>${escaped(provider)}</h1>
<p>A stand-in on this machine. <b>MyCoach</b> asks for access to your account.</p>
<form method="post" action="${escaped(action)}">${hidden.join('')}
<label>Sign in as <input type="text" name="account" value="${escaped(account)}"></label>
<fieldset><legend>It may</legend>${asked.join('')}</fieldset>
<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button>
</form></body></html>
`;
}

/** What a person does on the page of consent. */
export interface Decision {
  /** Who signs in. */
  account: string;
  /** Those that stay ticked; all that were asked for by default. */
  scopes?: readonly string[];
  isDenied?: boolean;
}

export const scopesOf = (query: URLSearchParams): string[] => (query.get('scope') ?? '').split(/[ ,]/).filter(Boolean);

/** Opens the page as a browser does, decides, and answers where it is sent then. Follows nobody. */
export async function decideOn(authorizeUrl: string, { account, scopes, isDenied = false }: Decision): Promise<URL> {
  const page = await fetch(authorizeUrl, { redirect: 'manual' });
  const html = await page.text();
  if (page.status !== 200) throw new Error(`no page of consent: ${page.status} ${html}`);
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
  const form = new URLSearchParams(new URL(authorizeUrl).searchParams);
  for (const scope of scopes ?? scopesOf(form)) form.append('granted', scope);
  form.set('account', account);
  form.set('decision', isDenied ? 'deny' : 'allow');
  const sent = await fetch(new URL(action, authorizeUrl), { method: 'POST', body: form, redirect: 'manual' });
  return new URL(sent.headers.get('location') ?? '');
}

/** What was decided, as the form brings it. */
export function decidedOn(form: URLSearchParams): ConsentRequest & { isAllowed: boolean } {
  return {
    redirectUri: form.get('redirect_uri') ?? '',
    state: form.get('state') ?? '',
    scopes: form.getAll('granted'),
    codeChallenge: form.get('code_challenge'),
    isAllowed: form.get('decision') === 'allow',
  };
}
