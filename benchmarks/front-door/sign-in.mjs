import { CookieJar } from 'tough-cookie';

/** Signs in at a preview and gives the `Cookie` header of the session. */
export async function signIn(url, { email, password }) {
  const jar = new CookieJar();
  const open = async (address, init = {}) => {
    const answer = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: await jar.getCookieString(address) },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      await jar.setCookie(cookie, address);
    }
    const location = answer.headers.get('location');
    return location && answer.status < 400 ? open(new URL(location, address).href) : { address, answer };
  };
  const page = await open(url);
  const { answer } = await open(page.address, { method: 'POST', body: new URLSearchParams({ email, password }) });
  if (answer.status !== 200) {
    throw new Error(`signing in failed with ${answer.status}`);
  }
  return jar.getCookieString(url);
}
