# Built in two stages; the result holds one static binary and runs as nobody.
FROM golang:1.26-bookworm AS build
# For pictures of pages: PDF files often do not embed their Chinese fonts.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-wqy-zenhei
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/nianbao ./cmd/nianbao \
 && mkdir -p /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/share/fonts/truetype/wqy /usr/share/fonts/truetype/wqy
COPY --from=build /out/nianbao /nianbao
COPY --from=build --chown=65534:65534 /out/data /data
USER 65534:65534
# Inside a container every address is the container's own: publish the port on
# the host's loopback (-p 127.0.0.1:8080:8080) until there are tokens. Nothing is
# written outside /data, so that the rest may be read-only.
ENV NIANBAO_LISTEN=0.0.0.0:8080 NIANBAO_OPEN=true NIANBAO_DATA=/data TMPDIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/nianbao", "health"]
ENTRYPOINT ["/nianbao"]
CMD ["serve"]
