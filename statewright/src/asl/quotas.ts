/** The largest input or output of a task, state or execution: 256 KiB of UTF-8 (Step Functions Developer Guide, "Service quotas"). */
export const MAX_PAYLOAD_BYTES = 262_144;
