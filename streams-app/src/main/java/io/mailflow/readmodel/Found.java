package io.mailflow.readmodel;

/** An answer about one thing: it is there, it was there, or nobody ever heard of it. */
public sealed interface Found<T> {

    /** It is there. */
    record Here<T>(T value) implements Found<T> {}

    /** It was removed or is no longer kept. */
    record Gone<T>() implements Found<T> {}

    /** Nobody heard of it. */
    record Unknown<T>() implements Found<T> {}
}
