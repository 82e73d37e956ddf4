package org.auspex.server;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator what to change, in place of a stack trace. */
final class ReachableFromOutsideAnalyzer extends AbstractFailureAnalyzer<ReachableFromOutside> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ReachableFromOutside cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
