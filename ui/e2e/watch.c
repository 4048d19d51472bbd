/* Preloaded into the processes of the window: writes down each host name that is looked up and each address that is
   connected or written to, with the process that did it, one a line, into the file that BILAT_WATCH names. Every name
   is found on loopback, where the test listens; nothing else is reached. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void note(const char *what, const char *whom, int port) {
    const char *path = getenv("BILAT_WATCH");
    int file = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (file < 0) return;
    char line[512];
    int length = snprintf(line, sizeof line, "%s %s %s %d\n", program_invocation_short_name, what, whom, port);
    if (length > (int)sizeof line - 1) length = sizeof line - 1;
    if (write(file, line, (size_t)length) < 0) { /* The test finds the line missing. */ }
    close(file);
}

static int is_address(const char *node) {
    unsigned char parsed[sizeof(struct in6_addr)];
    return inet_pton(AF_INET, node, parsed) == 1 || inet_pton(AF_INET6, node, parsed) == 1;
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    static int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
    if (node && *node && !is_address(node)) {
        note("looks-up", node, 0);
        node = "127.0.0.1";
    }
    return real(node, service, hints, found);
}

/* Notes an internet address; answers whether it is on this computer. */
static int is_near(const char *what, const struct sockaddr *to) {
    char whom[INET6_ADDRSTRLEN] = "?";
    if (!to) return 1;
    if (to->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)to;
        inet_ntop(AF_INET, &in->sin_addr, whom, sizeof whom);
        note(what, whom, ntohs(in->sin_port));
        return ntohl(in->sin_addr.s_addr) >> 24 == 127;
    }
    if (to->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)to;
        inet_ntop(AF_INET6, &in->sin6_addr, whom, sizeof whom);
        note(what, whom, ntohs(in->sin6_port));
        return IN6_IS_ADDR_LOOPBACK(&in->sin6_addr);
    }
    return 1;
}

int connect(int socket, const struct sockaddr *to, socklen_t length) {
    static int (*real)(int, const struct sockaddr *, socklen_t);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "connect");
    if (is_near("connects", to)) return real(socket, to, length);
    errno = ENETUNREACH;
    return -1;
}

ssize_t sendto(int socket, const void *bytes, size_t count, int flags, const struct sockaddr *to, socklen_t length) {
    static ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "sendto");
    if (is_near("sends", to)) return real(socket, bytes, count, flags, to, length);
    errno = ENETUNREACH;
    return -1;
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags) {
    static ssize_t (*real)(int, const struct msghdr *, int);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "sendmsg");
    if (!message || is_near("sends", (const struct sockaddr *)message->msg_name)) return real(socket, message, flags);
    errno = ENETUNREACH;
    return -1;
}
