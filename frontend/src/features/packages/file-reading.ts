/** The service takes packages of at most so many megabytes. */
export const PACKAGE_MEGABYTES = 5;
/** The same for the file of a whole setup. */
export const SETUP_MEGABYTES = 20;

/** A file that was chosen, as text; what is too large is not read. */
export async function readChosen(
  file: File,
  megabytes: number,
): Promise<{ text: string } | { tooLarge: true }> {
  if (file.size > megabytes * 1024 * 1024) return { tooLarge: true };
  return { text: await file.text() };
}
