import { Checkbox, Stack } from "@mantine/core";
import type { PackageCount } from "@/api/packages";
import { COMPONENT_OF, type ComponentKind } from "@/lib/components";
import { componentName, countsText } from "./words";

interface Props {
  label: string;
  description?: string;
  /** The components that can be chosen. */
  offered?: readonly ComponentKind[];
  /** What each holds, where it is known. */
  counts?: readonly PackageCount[];
  chosen: readonly ComponentKind[];
  onChoose: (chosen: ComponentKind[]) => void;
  error?: string;
}

/** Components to tick, each with what it holds. */
export function ComponentChoice(props: Props) {
  const all = Object.keys(COMPONENT_OF) as ComponentKind[];
  const offered = all.filter((component) => props.offered?.includes(component) ?? true);
  return (
    <Checkbox.Group
      label={props.label}
      description={props.description}
      error={props.error}
      value={[...props.chosen]}
      onChange={(next) => props.onChoose(all.filter((component) => next.includes(component)))}
    >
      <Stack gap={0} mt="xs">
        {offered.map((component) => {
          const counts = props.counts?.filter((count) => count.component === component);
          return (
            <Checkbox
              key={component}
              value={component}
              label={componentName(component)}
              description={counts ? countsText(counts) : undefined}
            />
          );
        })}
      </Stack>
    </Checkbox.Group>
  );
}
