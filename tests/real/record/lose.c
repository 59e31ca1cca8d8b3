/* Test equipment: a disk that loses power, or fails. Loaded into a program with LD_PRELOAD by tests/real/record.sh; never part of Inzage.
 *
 * What a program writes into a file of one folder is at first only in the memory of the system; fsync brings it to the disk. Here the memory
 * of the system are the real files, and of each file a second image is kept: what would be on the disk. At the operation that was asked for
 * the power is cut: of what was written since the last fsync each write is kept, dropped, torn at a border of 512 bytes, or left as zeros, at
 * random; names of files that were made, removed or renamed since the folder was last fsynced are kept up to a random one, the later ones
 * are taken back; and the program ends by SIGKILL.
 *
 *   LOSE_FOLDER   the folder
 *   LOSE_SEED     of the random numbers
 *   LOSE_AT       the power is cut at this operation; 0 never
 *   LOSE_MODE     cut          nothing else
 *                 lie          fsync does nothing, and says that it did: with this disk something must get lost
 *                 fsync-eio    fsync fails at operation LOSE_FAIL_AT, and what it should have written may be gone, though it can still be read
 *                 write-eio    a write fails there
 *                 write-full   the disk is full from there on, for LOSE_FAIL_FOR writes; one before it may be short
 *
 * Kept simple: the program has one thread that writes. What is mapped into memory (the -shm file) does not outlive a power cut. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST_FDS = 1024, SECTOR = 512 };

/* One write, or one truncation (then `data` is nothing). */
struct change {
    struct change *next;
    off_t at;
    size_t length;
    char *data;
};

struct image {
    struct image *next;
    ino_t ino;
    char path[PATH_MAX]; /* where it lies now, or where it is kept after it was removed */
    char *disk;
    size_t length, room;
    struct change *first, **last;
};

/* What happened to the names of the folder since it was last synced, in this order. */
struct name {
    struct name *next;
    enum { MADE, REMOVED, RENAMED } what;
    char path[PATH_MAX], to[PATH_MAX], kept[PATH_MAX];
    struct image *image, *replaced;
};

static struct image *images, *of_fd[MOST_FDS];
static char is_folder[MOST_FDS];
static struct name *names, **last_name = &names;
static char folder[PATH_MAX - 128], aside[PATH_MAX - 64];
static enum { CUT, LIE, FSYNC_EIO, WRITE_EIO, WRITE_FULL } mode;
static uint64_t state, operations, cut_at, fail_at, fail_for = 1;
static unsigned kept_aside;

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int), (*real_fsync)(int), (*real_unlink)(const char *), (*real_rename)(const char *, const char *), (*real_ftruncate)(int, off_t);
static ssize_t (*real_write)(int, const void *, size_t), (*real_pwrite)(int, const void *, size_t, off_t);

static void die(const char *why) {
    fprintf(stderr, "lose.c: %s: %s\n", why, strerror(errno));
    abort();
}

static void *need(void *memory) {
    if (!memory) die("memory");
    return memory;
}

static uint64_t next_random(void) {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t number(const char *name, uint64_t otherwise) {
    const char *value = getenv(name);
    return value ? strtoull(value, NULL, 10) : otherwise;
}

__attribute__((constructor)) static void begin(void) {
    real_open = dlsym(RTLD_NEXT, "open");
    real_close = dlsym(RTLD_NEXT, "close");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    const char *name = getenv("LOSE_FOLDER"), *how = getenv("LOSE_MODE");
    if (!name) return;
    snprintf(folder, sizeof folder, "%s", name);
    snprintf(aside, sizeof aside, "%s.removed", name);
    mkdir(aside, 0700);
    state = number("LOSE_SEED", 1);
    cut_at = number("LOSE_AT", 0);
    fail_at = number("LOSE_FAIL_AT", 0);
    fail_for = number("LOSE_FAIL_FOR", 1);
    static const char *const words[] = {"cut", "lie", "fsync-eio", "write-eio", "write-full"};
    for (int at = 0; how && at < 5; at++)
        if (!strcmp(how, words[at])) mode = at;
}

/* A file of the folder; what is mapped, and what only locks, has nothing to lose. */
static int is_ours(const char *path) {
    size_t length = strlen(folder), whole = strlen(path);
    if (!length || strncmp(path, folder, length) || path[length] != '/') return 0;
    const char *ends[] = {"-shm", ".lock"};
    for (int at = 0; at < 2; at++)
        if (whole > strlen(ends[at]) && !strcmp(path + whole - strlen(ends[at]), ends[at])) return 0;
    return 1;
}

static struct image *image_at(const char *path) {
    for (struct image *image = images; image; image = image->next)
        if (!strcmp(image->path, path)) return image;
    return NULL;
}

static void make_room(struct image *image, size_t length) {
    if (length > image->room) {
        image->disk = need(realloc(image->disk, length * 2));
        image->room = length * 2;
    }
    if (length > image->length) memset(image->disk + image->length, 0, length - image->length);
    image->length = length;
}

/* Brings a part of a change to the disk. */
static void settle(struct image *image, const struct change *change, size_t from, size_t to, int zeros) {
    if (!change->data) {
        make_room(image, change->at);
        return;
    }
    if ((size_t)change->at + to > image->length) make_room(image, change->at + to);
    if (zeros)
        memset(image->disk + change->at + from, 0, to - from);
    else
        memcpy(image->disk + change->at + from, change->data + from, to - from);
}

static void forget(struct image *image) {
    while (image->first) {
        struct change *change = image->first;
        image->first = change->next;
        free(change->data);
        free(change);
    }
    image->last = &image->first;
}

/* What the power cut leaves of what was not yet synced: any part of it, in any order. */
static void lose(struct image *image) {
    for (struct change *change = image->first; change; change = change->next) {
        size_t border = change->length > SECTOR ? (1 + next_random() % (change->length / SECTOR)) * SECTOR : change->length;
        if (border > change->length) border = change->length;
        switch (next_random() % 8) {
        case 0: case 1: case 2: settle(image, change, 0, change->length, 0); break;
        case 3: settle(image, change, 0, border, 0); break;
        case 4: settle(image, change, border, change->length, 0); break;
        case 5: /* the file is longer, but what is there did not come */
            if (change->data && (size_t)change->at >= image->length) settle(image, change, 0, change->length, 1);
            break;
        }
    }
    forget(image);
}

static void cut(void) {
    for (struct image *image = images; image; image = image->next) {
        lose(image);
        int fd = real_open(image->path, O_WRONLY | O_CLOEXEC);
        if (fd < 0) continue; /* removed for good */
        if (real_ftruncate(fd, 0) || real_pwrite(fd, image->disk, image->length, 0) != (ssize_t)image->length) die("the image");
        real_close(fd);
    }
    unsigned count = 0;
    for (struct name *name = names; name; name = name->next) count++;
    for (unsigned keep = next_random() % (count + 1); count > keep; count--) {
        struct name *name = names;
        for (unsigned at = 1; at < count; at++) name = name->next;
        switch (name->what) {
        case MADE: real_unlink(name->path); break;
        case REMOVED: real_rename(name->kept, name->path); break;
        case RENAMED:
            real_rename(name->to, name->path);
            if (name->replaced) real_rename(name->kept, name->to);
            break;
        }
    }
    if (next_random() % 2) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/record.sqlite-shm", folder);
        real_unlink(path);
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts one operation. Gives whether the power goes in the middle of it. */
static int is_cut(void) { return ++operations == cut_at; }

static int fails(int wanted) { return (int)mode == wanted && fail_at && operations >= fail_at && fail_for && fail_for--; }

static void add(struct image *image, off_t at, const void *data, size_t length) {
    struct change *change = need(calloc(1, sizeof *change));
    change->at = at;
    change->length = length;
    if (data) {
        change->data = need(malloc(length + 1));
        memcpy(change->data, data, length);
    }
    *image->last = change;
    image->last = &change->next;
}

static struct name *add_name(int what, const char *path) {
    struct name *name = need(calloc(1, sizeof *name));
    name->what = what;
    snprintf(name->path, sizeof name->path, "%s", path);
    snprintf(name->kept, sizeof name->kept, "%s/%d-%u", aside, getpid(), kept_aside++);
    *last_name = name;
    last_name = &name->next;
    return name;
}

static void sync_names(void) {
    while (names) {
        struct name *name = names;
        names = name->next;
        if (name->what == REMOVED || name->replaced) real_unlink(name->kept);
        free(name);
    }
    last_name = &names;
}

/* What is there already is on the disk: that goes also for what was there when this program began. */
static struct image *look_at(const char *path) {
    struct image *image = image_at(path);
    if (image) return image;
    image = need(calloc(1, sizeof *image));
    image->last = &image->first;
    snprintf(image->path, sizeof image->path, "%s", path);
    image->next = images;
    images = image;
    int fd = real_open(path, O_RDONLY | O_CLOEXEC);
    struct stat meta;
    if (fd >= 0 && !fstat(fd, &meta)) {
        make_room(image, meta.st_size);
        if (pread(fd, image->disk, meta.st_size, 0) != meta.st_size) die("reading");
        real_close(fd);
    }
    return image;
}

static int open_it(const char *path, int flags, mode_t rights) {
    if (!is_ours(path)) {
        int fd = real_open(path, flags, rights);
        size_t length = strlen(path);
        if (fd >= 0 && fd < MOST_FDS) {
            of_fd[fd] = NULL;
            is_folder[fd] = *folder && !strncmp(path, folder, strlen(folder)) && (length == strlen(folder) || !strcmp(path + strlen(folder), "/"));
        }
        return fd;
    }
    int there = !access(path, F_OK), makes = (flags & O_CREAT) && !there;
    struct image *image = there ? look_at(path) : NULL;
    if (makes && is_cut()) cut();
    if (makes && fails(WRITE_FULL)) {
        errno = ENOSPC;
        return -1;
    }
    int fd = real_open(path, flags, rights);
    if (fd < 0) return fd;
    if (fd >= MOST_FDS) die("too many files");
    if (makes) {
        image = look_at(path);
        add_name(MADE, path)->image = image;
    }
    if (image && (flags & O_TRUNC) && there) add(image, 0, NULL, 0);
    of_fd[fd] = image;
    is_folder[fd] = 0;
    return fd;
}

#define OPENS(name)                                                                                                                                     \
    int name(const char *path, int flags, ...) {                                                                                                        \
        va_list more;                                                                                                                                   \
        va_start(more, flags);                                                                                                                          \
        mode_t rights = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;                                                                     \
        va_end(more);                                                                                                                                   \
        return open_it(path, flags, rights);                                                                                                            \
    }
OPENS(open)
OPENS(open64)

int close(int fd) {
    if (fd >= 0 && fd < MOST_FDS) {
        of_fd[fd] = NULL;
        is_folder[fd] = 0;
    }
    return real_close(fd);
}

static ssize_t write_it(int fd, const void *data, size_t length, off_t at) {
    struct image *image = fd >= 0 && fd < MOST_FDS ? of_fd[fd] : NULL;
    if (!image) return at < 0 ? real_write(fd, data, length) : real_pwrite(fd, data, length, at);
    int ends = is_cut();
    if (fails(WRITE_EIO)) {
        errno = EIO;
        return -1;
    }
    if (fails(WRITE_FULL)) {
        if (length > SECTOR && next_random() % 2) {
            length = SECTOR; /* a part still fits */
        } else {
            errno = ENOSPC;
            return -1;
        }
    }
    off_t place = at < 0 ? lseek(fd, 0, SEEK_CUR) : at;
    ssize_t done = at < 0 ? real_write(fd, data, length) : real_pwrite(fd, data, length, at);
    if (done > 0) add(image, place, data, done);
    if (ends) cut();
    return done;
}

ssize_t write(int fd, const void *data, size_t length) { return write_it(fd, data, length, -1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return write_it(fd, data, length, at); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return write_it(fd, data, length, at); }

int ftruncate(int fd, off_t length) {
    struct image *image = fd >= 0 && fd < MOST_FDS ? of_fd[fd] : NULL;
    if (!image) return real_ftruncate(fd, length);
    int ends = is_cut(), done = real_ftruncate(fd, length);
    if (!done) add(image, length, NULL, 0);
    if (ends) cut();
    return done;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

/* The wish to reserve room in a file is refused, as many file systems do; then it is written in the usual way. */
int posix_fallocate(int fd, off_t at, off_t length) { (void)fd, (void)at, (void)length; return EOPNOTSUPP; }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return posix_fallocate(fd, at, length); }

static int sync_it(int fd) {
    struct image *image = fd >= 0 && fd < MOST_FDS ? of_fd[fd] : NULL;
    if (!image && !(fd >= 0 && fd < MOST_FDS && is_folder[fd])) return real_fsync(fd);
    /* Just before it comes to the disk, or just after that and before the program knows. */
    int ends = is_cut();
    if (ends && next_random() % 2) cut();
    if (fails(FSYNC_EIO)) {
        /* Some systems forget what they could not write, though the program still reads it: the next fsync succeeds and writes nothing. */
        if (image) lose(image);
        errno = EIO;
        return -1;
    }
    if (mode != LIE) {
        if (!image) {
            sync_names();
        } else {
            for (struct change *change = image->first; change; change = change->next) settle(image, change, 0, change->length, 0);
            forget(image);
        }
    }
    if (ends) cut();
    return 0;
}

int fsync(int fd) { return sync_it(fd); }
int fdatasync(int fd) { return sync_it(fd); }

int unlink(const char *path) {
    if (!is_ours(path) || access(path, F_OK)) return real_unlink(path);
    if (is_cut()) cut();
    struct image *image = look_at(path);
    struct name *name = add_name(REMOVED, path);
    name->image = image;
    snprintf(image->path, sizeof image->path, "%s", name->kept);
    return real_rename(path, name->kept);
}

int rename(const char *path, const char *to) {
    if (!is_ours(path) || access(path, F_OK)) return real_rename(path, to);
    if (is_cut()) cut();
    struct image *image = look_at(path), *replaced = access(to, F_OK) ? NULL : look_at(to);
    struct name *name = add_name(RENAMED, path);
    name->image = image;
    name->replaced = replaced;
    snprintf(name->to, sizeof name->to, "%s", to);
    if (replaced) {
        snprintf(replaced->path, sizeof replaced->path, "%s", name->kept);
        real_rename(to, name->kept);
    }
    snprintf(image->path, sizeof image->path, "%s", to);
    return real_rename(path, to);
}

/* How many operations there were, for who asks. */
__attribute__((destructor)) static void end(void) {
    if (getenv("LOSE_COUNT")) fprintf(stderr, "lose.c: %llu operations\n", (unsigned long long)operations);
}
