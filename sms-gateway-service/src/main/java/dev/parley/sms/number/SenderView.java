package dev.parley.sms.number;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A number as whoever may send from it sees it. */
record SenderView(String e164, String label, @JsonProperty("default") boolean isDefault) {}
