package org.auspex.language.documents;

import java.util.List;

/** What a reader found in an attachment. */
record Extract(String text, List<Passage> passages, List<String> unread) {}
