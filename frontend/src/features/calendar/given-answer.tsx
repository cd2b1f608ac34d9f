import { List, Text } from "@mantine/core";
import type { Event } from "./calendar";

/** Who comes, and what was said with it. */
export function GivenAnswer({ row }: { row: Event }) {
  return (
    <>
      {row.participants.length > 0 ? (
        <List>
          {row.participants.map(({ name, position }) => (
            <List.Item key={`${name} ${position}`}>
              {position ? `${name}, ${position}` : name}
            </List.Item>
          ))}
        </List>
      ) : null}
      {row.note ? <Text>“{row.note}”</Text> : null}
    </>
  );
}
