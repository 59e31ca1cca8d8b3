// Test equipment: a registry that no installer leaves, with what its functions do not refuse.
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>
#include <winternl.h>

#define SERVICES L"SYSTEM\\CurrentControlSet\\Services\\"
#define CURRENT L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\"
#define UNINSTALL CURRENT L"Uninstall\\"
#define CHROME L"SOFTWARE\\Policies\\Google\\Chrome"
#define MANY 100000

NTSTATUS NTAPI NtSetValueKey(HANDLE, UNICODE_STRING *, ULONG, ULONG, void *, ULONG);

static HKEY key(HKEY hive, const wchar_t *path) {
    HKEY made;
    LSTATUS status = RegCreateKeyExW(hive, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &made, NULL);
    if (status) {
        fprintf(stderr, "a key was refused: %ld\n", status);
        exit(1);
    }
    return made;
}

// Straight to the system's own function: the other one ends texts by itself.
static void value(HKEY at, const wchar_t *name, ULONG type, const void *data, ULONG length) {
    UNICODE_STRING text = {(USHORT)(wcslen(name) * 2), (USHORT)(wcslen(name) * 2), (wchar_t *)name};
    NTSTATUS status = NtSetValueKey(at, &text, 0, type, (void *)data, length);
    if (status) {
        fprintf(stderr, "a value was refused: %lx\n", status);
        exit(1);
    }
}

static void set(HKEY hive, const wchar_t *path, const wchar_t *name, ULONG type, const void *data, ULONG length) {
    HKEY at = key(hive, path);
    value(at, name, type, data, length);
    RegCloseKey(at);
}

// A service that starts by itself, so that its command is looked at: without a type it would count as none.
static void own_service(const wchar_t *name, ULONG type, const void *image, ULONG length) {
    const DWORD own_process = 0x10, by_itself = 2;
    wchar_t path[256 + 64] = SERVICES;
    wcscat(path, name);
    set(HKEY_LOCAL_MACHINE, path, L"Type", REG_DWORD, &own_process, 4);
    set(HKEY_LOCAL_MACHINE, path, L"Start", REG_DWORD, &by_itself, 4);
    set(HKEY_LOCAL_MACHINE, path, L"ImagePath", type, image, length);
}

static void services(void) {
    const DWORD one = 1, two = 2;
    set(HKEY_LOCAL_MACHINE, SERVICES L"WrongTypes", L"ImagePath", REG_DWORD, &one, 4);
    set(HKEY_LOCAL_MACHINE, SERVICES L"WrongTypes", L"Start", REG_SZ, L"two", 8);
    set(HKEY_LOCAL_MACHINE, SERVICES L"WrongTypes", L"Type", REG_BINARY, "\1\2\3", 3);
    // No end, and half a letter.
    own_service(L"Unterminated", REG_SZ, L"C:\\x.exe", 15);
    set(HKEY_LOCAL_MACHINE, SERVICES L"Unterminated", L"Start", REG_DWORD, &two, 3);
    own_service(L"Half\xD800", REG_SZ, L"C:\\\xDC00\\x\xD800.exe", 22);
    own_service(L"NoLetters", REG_EXPAND_SZ, L"", 0);
    own_service(L"Strange", 0x12345, "abc", 3);
    wchar_t *long_text = malloc(2 << 20);
    for (int i = 0; i < 1 << 20; i++) {
        long_text[i] = L'%';
    }
    own_service(L"Endless", REG_EXPAND_SZ, long_text, 2 << 20);
    wchar_t name[256] = L"";
    for (size_t i = 0; i < 255; i++) {
        name[i] = L'k';
    }
    own_service(name, REG_SZ, L"C:\\x.exe", 18);
    free(long_text);
}

static void entries(void) {
    static wchar_t name[16001];
    for (size_t i = 0; i < 16000; i++) {
        name[i] = L'n';
    }
    const ULONGLONG number = 7;
    set(HKEY_CURRENT_USER, CURRENT L"Run", name, REG_SZ, L"C:\\x.exe", 18);
    set(HKEY_CURRENT_USER, CURRENT L"Run", L"", REG_SZ, L"C:\\x.exe", 18);
    set(HKEY_CURRENT_USER, CURRENT L"Run", L"Half\xDFFF", REG_QWORD, &number, 8);
    set(HKEY_LOCAL_MACHINE, CURRENT L"Run", L"List", REG_MULTI_SZ, L"a\0\0\0b", 10);
    set(HKEY_LOCAL_MACHINE, CHROME L"\\ExtensionInstallForcelist", L"1", REG_DWORD, &number, 4);
    set(HKEY_LOCAL_MACHINE, CHROME, L"ExtensionSettings", REG_SZ, L"{\"*\":", 12);
    set(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\SystemCertificates\\Root\\Certificates\\00", L"Blob", REG_BINARY, "\x20\0\0\0\1\0\0\0\xFF\xFF\xFF\x7F", 12);
    set(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\SystemCertificates\\Root\\Certificates\\01", L"Blob", REG_DWORD, &number, 4);
}

static void programs(void) {
    set(HKEY_LOCAL_MACHINE, UNINSTALL L"{WrongTypes}", L"DisplayName", REG_MULTI_SZ, L"a\0b\0", 10);
    set(HKEY_LOCAL_MACHINE, UNINSTALL L"{WrongTypes}", L"InstallDate", REG_DWORD, "\1\0\0\0", 4);
    set(HKEY_LOCAL_MACHINE, UNINSTALL L"{WrongTypes}", L"InstallLocation", REG_BINARY, "\xFF", 1);
    HKEY all = key(HKEY_LOCAL_MACHINE, UNINSTALL L"");
    for (int i = 0; i < MANY; i++) {
        wchar_t name[32];
        swprintf(name, 32, L"Many-%06d", i);
        HKEY at = key(all, name);
        value(at, L"DisplayName", REG_SZ, name, (ULONG)(wcslen(name) + 1) * 2);
        RegCloseKey(at);
    }
    RegCloseKey(all);
}

int wmain(void) {
    services();
    entries();
    programs();
    return 0;
}
