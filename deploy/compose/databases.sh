#!/bin/bash
# Makes each service's database with its two logins, when the server's data folder is made. As in deploy/local, Databases.
set -euo pipefail

for service in allocation distribution billing audit; do
  psql -v ON_ERROR_STOP=1 -U postgres -d postgres -v owner="${service}_owner" -v app="${service}_app" -v database="$service" \
    -v owner_password="$POINTS_DB_OWNER_PASSWORD" -v app_password="$POINTS_DB_APP_PASSWORD" <<'SQL'
CREATE ROLE :owner LOGIN PASSWORD :'owner_password';
CREATE ROLE :app LOGIN PASSWORD :'app_password';
ALTER ROLE :app SET lock_timeout = '3s';
ALTER ROLE :app SET transaction_timeout = '15s';
ALTER ROLE :app SET idle_in_transaction_session_timeout = '5s';
CREATE DATABASE :database OWNER :owner;
REVOKE ALL ON DATABASE :database FROM PUBLIC;
GRANT CONNECT ON DATABASE :database TO :app;
\connect :database
ALTER SCHEMA public OWNER TO :owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :app;
SQL
done
