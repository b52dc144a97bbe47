package dev.parley.conversation.preference;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of {@code PUT /v1/conversations/{id}/preferences}; what is absent stays as it is. */
record PreferencesRequest(@Schema(examples = "true") Boolean starred, Boolean hidden) {}
