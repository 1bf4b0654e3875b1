# Seintje in a container: `docker build -t seintje .`, then see compose.yaml and docs/operating.md.
FROM python:3.12-slim AS build
WORKDIR /build
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/seintje && /opt/seintje/bin/pip install --no-cache-dir -r requirements.lock
COPY assistant assistant
COPY nlu nlu
COPY dialogs dialogs
COPY db db
COPY alembic alembic
RUN /opt/seintje/bin/pip install --no-cache-dir --no-deps .

FROM python:3.12-slim
RUN useradd --system --create-home --uid 10001 seintje
COPY --from=build /opt/seintje /opt/seintje
ENV PATH=/opt/seintje/bin:$PATH PYTHONUNBUFFERED=1 SEINTJE_WEB_HOST=0.0.0.0
USER seintje
WORKDIR /home/seintje
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["seintje", "run"]
