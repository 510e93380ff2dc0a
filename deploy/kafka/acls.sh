#!/bin/sh
# Gives two principals exactly what they need on a cluster with an authorizer:
# the program (run, topics) and whoever feeds it (ingest).
# Usage: acls.sh BOOTSTRAP-SERVERS PROGRAM-PRINCIPAL INGEST-PRINCIPAL [OPTIONS FOR kafka-acls.sh, such as --command-config FILE]
# Example: acls.sh broker-1:9092 User:mailflow User:mailflow-ingest --command-config admin.properties
# KAFKA_ACLS names the tool (default: kafka-acls.sh on the PATH). The prefix is kafka.application-id.
set -eu
[ $# -ge 3 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
servers=$1
program=$2
ingest=$3
shift 3

allow() {
  "${KAFKA_ACLS:-kafka-acls.sh}" --bootstrap-server "$servers" "$@"
}

# Its topics, and those that Kafka Streams makes for it (changelogs, repartition), all start with the application id.
allow "$@" --add --allow-principal "$program" --resource-pattern-type prefixed --topic mailflow \
  --operation Read --operation Write --operation Create --operation Delete --operation Describe --operation DescribeConfigs
# Its consumer groups and transactions.
allow "$@" --add --allow-principal "$program" --resource-pattern-type prefixed --group mailflow \
  --operation Read --operation Describe --operation Delete
allow "$@" --add --allow-principal "$program" --resource-pattern-type prefixed --transactional-id mailflow \
  --operation Write --operation Describe
allow "$@" --add --allow-principal "$program" --cluster --operation Describe --operation DescribeConfigs

# Ingest writes events and remembers how far it has read.
allow "$@" --add --allow-principal "$ingest" --resource-pattern-type prefixed --topic mailflow. \
  --operation Read --operation Write --operation Describe --operation DescribeConfigs
allow "$@" --add --allow-principal "$ingest" --resource-pattern-type prefixed --transactional-id mailflow-ingest \
  --operation Write --operation Describe
