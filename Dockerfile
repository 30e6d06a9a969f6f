# Hiss in a container: docker build --tag hiss . && docker run --rm -v "$PWD:/sounds" -w /sounds hiss generate "a bell"
# Untried with a container engine: scripts/install was run on Debian 12, and the packages' names looked up in 12 and 13.
ARG DEBIAN=bookworm
FROM swift:6.1-${DEBIAN} AS build
WORKDIR /hiss
COPY . .
RUN apt-get update && scripts/install --prefix /opt/hiss

FROM debian:${DEBIAN}-slim
# oneDNN's and libpng's packages have other names in Debian 12 and 13; FluidSynth and its soundfont are for `hiss corpus`.
RUN apt-get update && apt-get install --yes --no-install-recommends \
      libsndfile1 libsamplerate0 libfftw3-single3 libsqlite3-0 '^libpng16-16(t64)?$' '^libdnnl[0-9.]+$' \
      libfluidsynth3 fluid-soundfont-gm \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/hiss /usr/local
ENTRYPOINT ["hiss"]
CMD ["--help"]
