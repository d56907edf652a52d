"""Publishes one message to the pipeline with pika: python3 publish.py EXCHANGE FILE

The broker's address is read from PIPELINE_RABBITMQ, for example amqp://user:password@localhost:5672/
Exit code 0: the broker has stored the message. 1: it has not, and the message has to be published again.
"""
import hashlib
import os
import sys

import pika
from pika.exceptions import AMQPError

exchange, file = sys.argv[1:3]
with open(file, "rb") as source:
    body = source.read()

headers = {}
if "TRACEPARENT" in os.environ:  # the trace goes on where there is one
    headers["traceparent"] = os.environ["TRACEPARENT"]

try:
    connection = pika.BlockingConnection(pika.URLParameters(os.environ["PIPELINE_RABBITMQ"]))
    channel = connection.channel()
    channel.confirm_delivery()  # from here on, publishing waits for the broker's answer
    channel.basic_publish(
        exchange=exchange,
        routing_key="",
        body=body,
        properties=pika.BasicProperties(
            content_type="application/json",
            delivery_mode=2,  # persistent
            message_id=hashlib.sha256(body).hexdigest(),  # the same message again has the same id
            headers=headers,
        ),
        mandatory=True,  # an error where no queue would take it
    )
    connection.close()
except AMQPError as error:
    sys.exit(f"Not published: {error!r}")

print("Published: the broker has stored it.")
