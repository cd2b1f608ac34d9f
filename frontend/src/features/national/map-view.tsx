import { Box, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { boundariesQuery } from "@/api/boundaries";
import { SubNav, SubNavLink } from "@/ui/sub-nav";
import type { Overview, Score } from "./overview";
import { TileMap } from "./tile-map";

const route = getRouteApi("/kerja/pusat");

const Choropleth = lazy(async () => ({ default: (await import("./choropleth")).Choropleth }));

interface Props {
  overview: Overview;
  score: Score;
}

/**
 * The districts on a map: within their boundaries where the ministry has loaded any, else, or when
 * asked for, as tiles.
 */
export function MapView(props: Props) {
  const { t } = useTranslation("national");
  const filters = route.useSearch();
  const boundaries = useQuery(boundariesQuery);
  const loaded = boundaries.data?.value.loaded;
  if (boundaries.isPending) return <Skeleton h="24rem" />;
  // Without an answer about boundaries the tiles are as good as ever.
  if (!loaded) return <TileMap {...props} />;
  const asTiles = filters.bentuk === "petak";
  return (
    <>
      <Box mb="sm" className="sp-screen-only">
        <SubNav label={t("map.form")}>
          <SubNavLink
            to="/pusat"
            search={{ ...filters, bentuk: undefined }}
            resetScroll={false}
            isShown={!asTiles}
          >
            {t("map.boundaries")}
          </SubNavLink>
          <SubNavLink
            to="/pusat"
            search={{ ...filters, bentuk: "petak" }}
            resetScroll={false}
            isShown={asTiles}
          >
            {t("map.tiles")}
          </SubNavLink>
        </SubNav>
      </Box>
      {asTiles ? (
        <TileMap {...props} />
      ) : (
        <Suspense fallback={<Skeleton h="24rem" />}>
          <Choropleth {...props} boundaries={loaded} />
        </Suspense>
      )}
    </>
  );
}
