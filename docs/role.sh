#!/bin/sh
# The role Seintje connects as: owner of its database, and no superuser, or PostgreSQL would never lock it out.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE seintje LOGIN PASSWORD :'password';
CREATE DATABASE seintje OWNER seintje;
SQL
