/** Shortest password a person may choose, in characters; the service has the last word. */
export const PASSWORD_LENGTH = 12;

/** Shape of an email address: catches slips, does not judge exotic but valid addresses. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim());
}

/** Shape of a phone number: 8 to 15 digits (E.164) among spaces, dashes, brackets, a leading plus. */
export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return /^\+?[\d\s().-]+$/.test(text.trim()) && digits >= 8 && digits <= 15;
}
