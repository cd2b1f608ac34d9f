import { ProblemError } from "@/api/problem";

/** An address that names no kind of record: the same page as for a record that is not there. */
export function UnknownRecord(): never {
  throw new ProblemError({
    type: "about:blank",
    title: "Not found",
    status: 404,
    code: "not_found",
    request_id: "",
  });
}
