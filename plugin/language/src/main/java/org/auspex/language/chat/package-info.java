/** A language model at an endpoint that speaks OpenAI's chat completions, asked one question at a time; what it says is text and no more. */
@NullMarked
package org.auspex.language.chat;

import org.jspecify.annotations.NullMarked;
