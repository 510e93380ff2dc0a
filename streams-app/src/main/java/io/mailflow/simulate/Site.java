package io.mailflow.simulate;

/**
 * A recipient domain and the server that takes its mail.
 *
 * @param domain the recipients' domain
 * @param host the server's DNS name: the smart host, or the domain's MX
 * @param ip the server's address
 * @param weight how much of its route's mail goes there, relative to the route's other sites
 */
public record Site(String domain, String host, String ip, double weight) {}
