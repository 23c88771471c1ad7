package io.points.local;

/** Hears how a stack comes up, from several threads. */
public interface Progress {
    /** Hears nothing. */
    Progress SILENT = new Progress() {};

    /** Something worth a line. */
    default void note(String text) {}

    /** A part is being started. */
    default void starting(LocalProcess part) {}

    /** A part's process exists; it does not answer yet. */
    default void launched(LocalProcess part) {}

    /** A part answers. */
    default void up(LocalProcess part) {}
}
