# Compiles the native packages and the project; only what runs goes into the image below.
FROM node:22-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packaging packaging
RUN npm ci --ignore-scripts && npm rebuild hnswlib-node && node packaging/keepThisPlatform.mjs
COPY . .
RUN npx tsc -p packaging && npx vite build web && npm prune --omit=dev --ignore-scripts && rm -rf src web tsconfig.json

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /var/lib/shelfwright
RUN install --directory --owner node --group node data indexes
COPY --from=build /app /opt/shelfwright
USER node
VOLUME /var/lib/shelfwright
EXPOSE 3000
# What is degraded still answers searches: alive is enough here, /health/ready says the rest.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/opt/shelfwright/bin/shelfwright"]
CMD ["serve", "--host", "0.0.0.0"]
