# Payara Micro: one jar, which runs the hub as one WAR. Sourced.
