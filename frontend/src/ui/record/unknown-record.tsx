import { notFound } from "@tanstack/react-router";

/** An address that names no kind of record: the page of the frame says what to do. */
export function UnknownRecord(): never {
  throw notFound();
}
