import regular from "@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff?url";
import bold from "@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff?url";
import { ConnectionError } from "@/api/problem";

/** The two weights of a printed page, as web fonts. */
export interface Fonts {
  regular: ArrayBuffer;
  bold: ArrayBuffer;
}

/** Fetches the fonts that a PDF takes along; 17 kB each. */
export async function loadFonts(): Promise<Fonts> {
  const [regularFile, boldFile] = await Promise.all([load(regular), load(bold)]);
  return { regular: regularFile, bold: boldFile };
}

async function load(address: string): Promise<ArrayBuffer> {
  const reply = await fetch(address).catch((cause: unknown) => {
    throw new ConnectionError("the font could not be fetched", { cause });
  });
  if (!reply.ok) throw new Error(`the font ${address} is not there: ${reply.status}`);
  return reply.arrayBuffer();
}
