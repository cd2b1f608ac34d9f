import { AnchorLink } from "@/ui/links";
import classes from "./national.module.css";
import type { OverviewDistrict } from "./overview";

/** The name, leading to the district once it is a tenant, and its province. */
export function DistrictName({ district }: { district: OverviewDistrict }) {
  return (
    <>
      {district.status === "invited" ? (
        <span className={classes.target}>{district.name}</span>
      ) : (
        <AnchorLink
          to="/pusat/kabupaten/$wilayah"
          params={{ wilayah: district.code }}
          className={classes.target}
        >
          {district.name}
        </AnchorLink>
      )}
      <span className={classes.province}>{district.province_name}</span>
    </>
  );
}
