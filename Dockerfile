# syntax=docker/dockerfile:1
# One image: the service, the built SPA, and PostgreSQL's programs for the embedded database.
#
#   docker build -t satupintu .
#   docker run --init -p 8080:8080 -v satupintu:/var/lib/satupintu satupintu
#
# --init: when PostgreSQL is killed, its orphans are left to process 1, which should be one that reaps them.
# With DATABASE_URL and DATABASE_OWNER_URL the embedded database is not used.

FROM node:22-trixie-slim AS spa
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY openapi.json /build/openapi.json
COPY frontend ./
RUN npm run build

FROM rust:1.95-trixie AS service
WORKDIR /build
COPY Cargo.toml Cargo.lock rust-toolchain.toml ./
COPY api api
COPY entity entity
COPY migration migration
COPY reference reference
COPY tests tests
# s3: files may be kept in a bucket as well as in a folder.
ARG FEATURES=s3
# The cache mounts are not part of the image, so the binary is moved out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/build/target \
    cargo build --locked --release --package satupintu --features "$FEATURES" && cp target/release/satupintu /usr/local/bin/satupintu

FROM debian:trixie-slim
# create_main_cluster=false: Debian would otherwise make a database server of its own, which nothing uses.
RUN mkdir -p /etc/postgresql-common/createcluster.d \
    && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/satupintu.conf \
    && apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/satupintu --shell /usr/sbin/nologin satupintu \
    && install --directory --owner satupintu --group satupintu --mode 0700 /var/lib/satupintu
COPY --from=service /usr/local/bin/satupintu /usr/local/bin/satupintu
COPY --from=spa /build/frontend/dist /usr/share/satupintu/spa
COPY LICENSE /usr/share/doc/satupintu/LICENSE

ENV SATUPINTU_ADDR=0.0.0.0:8080 \
    SATUPINTU_DATA_DIR=/var/lib/satupintu \
    SATUPINTU_SPA_DIR=/usr/share/satupintu/spa
USER satupintu
VOLUME /var/lib/satupintu
EXPOSE 8080
# SIGTERM stops the service in order, and the service then PostgreSQL, which may take a while to write everything.
STOPSIGNAL SIGTERM
ENTRYPOINT ["satupintu"]
CMD ["serve"]
