import { AnchorLink } from "@/ui/links";
import classes from "./national.module.css";
import type { OverviewDistrict } from "./overview";

interface Props {
  district: OverviewDistrict;
  /** "Kab." for "Kabupaten", where the column is narrow. */
  isBrief?: boolean;
}

/** The name, leading to the district once it is a tenant, and its province. */
export function DistrictName({ district, isBrief = false }: Props) {
  const name = isBrief ? district.name.replace(/^Kabupaten /, "Kab. ") : district.name;
  return (
    <>
      {district.status === "invited" ? (
        <span className={classes.target}>{name}</span>
      ) : (
        <AnchorLink
          to="/pusat/kabupaten/$wilayah"
          params={{ wilayah: district.code }}
          className={classes.target}
        >
          {name}
        </AnchorLink>
      )}
      <span className={classes.province}>{district.province_name}</span>
    </>
  );
}
