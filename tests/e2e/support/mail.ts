import { type APIRequestContext, expect } from "@playwright/test";

/**
 * The newest link that starts with `path` in a mail to `address`, as a path of this site. Read from
 * the mailbox page of the demo mode; mail leaves through the outbox, so it may take a moment.
 */
export async function linkFromMail(
  request: APIRequestContext,
  address: string,
  path: string,
): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      async () => {
        const html = await (await request.get("/dev/mail")).text();
        // The page escapes what it shows.
        const page = html.replaceAll("&#x2f;", "/").replaceAll("&amp;", "&");
        const mail = page.split("<article").find((part) => part.includes(address));
        link = mail?.match(new RegExp(`${path}#token=[\\w.~-]+(?:&id=[\\w-]+)?`))?.[0];
        return link;
      },
      { message: `a mail to ${address} with a link to ${path}`, timeout: 20_000 },
    )
    .toBeDefined();
  return link ?? "";
}
