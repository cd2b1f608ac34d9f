/** The service takes files of at most this many bytes. */
export const MAX_BYTES = 5 * 1024 * 1024;

/** A file that was chosen, as text; what is too large is not read. */
export async function readChosen(file: File): Promise<{ text: string } | { tooLarge: true }> {
  if (file.size > MAX_BYTES) return { tooLarge: true };
  return { text: await file.text() };
}
