import { type UseFormReturnType, useForm as useMantineForm } from "@mantine/form";
import { focusFirst } from "./form-errors";

type Input<Values extends object> = NonNullable<Parameters<typeof useMantineForm<Values>>[0]>;

/** Mantine's form, which takes people to the first field that is wrong instead of leaving them at the button. */
export function useForm<Values extends object>(input: Input<Values>): UseFormReturnType<Values> {
  const form = useMantineForm<Values>(input);
  return {
    ...form,
    onSubmit: (act, refuse) =>
      form.onSubmit(act, (errors, values, event) => {
        focusFirst(form, errors);
        refuse?.(errors, values, event);
      }),
  };
}
