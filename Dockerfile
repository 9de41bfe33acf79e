# muster in a small image: built in the first stage, only what it runs with in the second.
FROM debian:12-slim AS build
WORKDIR /src
COPY . .
RUN script/setup && ./autogen.sh && mkdir /build && cd /build && /src/configure --prefix=/usr && \
    make --jobs="$(nproc)" && make install-strip DESTDIR=/out

FROM debian:12-slim
RUN apt-get update -q && \
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends ca-certificates \
        libcjson1 libcurl4 libgit2-1.5 libmd0 libsqlite3-0 libxml2 libyaml-0-2 zlib1g && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --create-home muster
COPY --from=build /out/ /
USER muster
WORKDIR /home/muster
ENTRYPOINT ["muster"]
