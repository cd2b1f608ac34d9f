import type { UseFormReturnType } from "@mantine/form";
import { ProblemError } from "@/api/problem";

/**
 * Puts the service's field errors beside their fields and moves the focus to the first field that
 * exists in the form. Errors of fields the form does not show stay in the alert above it.
 */
export function showFieldErrors<Values>(
  // biome-ignore lint/suspicious/noExplicitAny: how a form transforms its values does not matter here
  form: UseFormReturnType<Values, any>,
  error: unknown,
): void {
  if (!(error instanceof ProblemError)) return;
  const errors = error.fieldErrors();
  form.setErrors(errors);
  const first = Object.keys(errors).find((name) => form.getInputNode(name));
  if (first) form.getInputNode(first)?.focus();
}
