namespace Pipeline.Contracts;

/// <summary>
/// The queue of the dead, a quorum queue that any RabbitMQ tool can read: the body is the original body, byte for byte,
/// and the headers say why it is here.
/// </summary>
public static class DeadLetterQueue
{
    public const string Name = "dead-letters";

    public static class Headers
    {
        /// <summary>The id of this dead letter; the same failure of the same message has the same id.</summary>
        public const string Id = "x-dead-letter-id";

        /// <summary>A code of <see cref="Contracts.Reason"/>.</summary>
        public const string Reason = "x-reason";

        /// <summary>What the reason means, what was seen, and what to do.</summary>
        public const string Sentence = "x-sentence";

        /// <summary>The exchange that the message was published to, where a replay goes.</summary>
        public const string Exchange = "x-exchange";

        /// <summary>The queue whose consumer could not use the message.</summary>
        public const string SourceQueue = "x-source-queue";

        /// <summary>When the pipeline first saw the message, ISO 8601 with offset.</summary>
        public const string FirstSeen = "x-first-seen";

        /// <summary>When it was given up, ISO 8601 with offset. A message that dies, is replayed and dies again does so at another time; one that is only said twice does not.</summary>
        public const string DiedAt = "x-died-at";

        /// <summary>The system that the message is about, where the body could be read that far.</summary>
        public const string Source = "x-source";

        /// <summary>What the object is in that system, where the body could be read that far.</summary>
        public const string ObjectType = "x-object-type";

        /// <summary>The object's id inside its system, where the body could be read that far.</summary>
        public const string NativeId = "x-native-id";

        /// <summary>For a child whose time ran out: the key that never got an answer, as text.</summary>
        public const string WaitedFor = "x-waited-for";

        /// <summary>The message_id that the publisher gave, if any.</summary>
        public const string MessageId = "x-message-id";

        /// <summary>W3C trace context of the message that failed.</summary>
        public const string TraceParent = "traceparent";
    }
}
