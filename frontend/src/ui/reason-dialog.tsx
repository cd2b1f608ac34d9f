import { Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { ProblemError } from "@/api/problem";
import { Dialog } from "./dialog";
import { DialogActions } from "./dialog-actions";
import { ProblemAlert } from "./problem-alert";

interface Props {
  title: string;
  /** What the act means. */
  children?: ReactNode;
  label: string;
  hint?: string;
  /** The verb of the act: "Tarik", not "OK". */
  act: string;
  /** How the API calls the words; what it says of them stands below the field. */
  field: string;
  maxLength: number;
  minRows?: number;
  /** Words there must be before the act can be done. */
  required?: boolean;
  /** What is wrong with the words, before they are sent. */
  check?: (words: string) => string | null;
  busy: boolean;
  error: unknown;
  /** Takes the words without the blanks around them. */
  onSubmit: (words: string) => void;
  onClose: () => void;
  /** What leaving is called where the act itself is a cancellation. */
  closeLabel?: string;
}

/** Says what an act means, and takes the words that go with it. */
export function ReasonDialog(props: Props) {
  const [words, setWords] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const said = words.trim();
  const refused =
    props.error instanceof ProblemError ? props.error.fieldErrors()[props.field] : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = props.check?.(said) ?? null;
    setWrong(found);
    if (!found) props.onSubmit(said);
  }

  return (
    <Dialog opened onClose={props.onClose} title={props.title}>
      <form noValidate onSubmit={submit}>
        <Stack>
          {props.children ? (
            <Text style={{ overflowWrap: "anywhere" }}>{props.children}</Text>
          ) : null}
          {refused ? null : <ProblemAlert error={props.error} />}
          <Textarea
            label={props.label}
            description={props.hint}
            autosize
            minRows={props.minRows ?? 2}
            maxLength={props.maxLength}
            required={props.required}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            error={wrong ?? refused}
            data-autofocus
          />
          <DialogActions
            act={props.act}
            busy={props.busy}
            disabled={props.required && said === ""}
            onClose={props.onClose}
            closeLabel={props.closeLabel}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
