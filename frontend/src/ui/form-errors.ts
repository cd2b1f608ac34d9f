import type { UseFormReturnType } from "@mantine/form";
import { ProblemError } from "@/api/problem";

/**
 * Puts the service's field errors beside their fields and moves the focus to the first field that
 * exists in the form. Errors of fields the form does not show stay in the alert above it. `within`: the part of the request
 * that the form fills.
 */
export function showFieldErrors<Values>(
  // biome-ignore lint/suspicious/noExplicitAny: how a form transforms its values does not matter here
  form: UseFormReturnType<Values, any>,
  error: unknown,
  within?: string,
): void {
  if (!(error instanceof ProblemError)) return;
  const start = within ? `${within}.` : "";
  const own = (name: string) => (name.startsWith(start) ? name.slice(start.length) : name);
  const errors = Object.fromEntries(
    Object.entries(error.fieldErrors()).map(([name, text]) => [own(name), text]),
  );
  form.setErrors(errors);
  focusFirst(form, errors);
}

/** Moves the focus to the first of these fields that the form shows. */
export function focusFirst<Values>(
  form: Pick<UseFormReturnType<Values>, "getInputNode">,
  errors: Record<string, unknown>,
): void {
  const first = Object.keys(errors).find((name) => form.getInputNode(name));
  if (first) form.getInputNode(first)?.focus();
}
