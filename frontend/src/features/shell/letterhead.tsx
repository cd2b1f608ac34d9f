import type { Membership } from "@/api/types";
import classes from "./shell.module.css";

/** Whose paper it is: the area and the unit, at the head of every printed page of a workspace. */
export function Letterhead({ membership }: { membership: Membership }) {
  const { area_name, unit_name } = membership;
  return (
    <div className={classes.letterhead}>
      <p>{area_name}</p>
      {unit_name ? <p>{unit_name}</p> : null}
    </div>
  );
}
