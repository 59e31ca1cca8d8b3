// Test equipment: adds the certificate in a PEM file to the trusted roots of the machine, as an installer does.
#include <stdio.h>
#include <windows.h>
#include <wincrypt.h>

int wmain(int count, wchar_t **arguments) {
    static char text[65536];
    static BYTE bytes[65536];
    DWORD length = sizeof bytes;
    FILE *file = count == 2 ? _wfopen(arguments[1], L"rb") : NULL;
    if (!file) {
        return 1;
    }
    DWORD read = (DWORD)fread(text, 1, sizeof text, file);
    fclose(file);
    if (!CryptStringToBinaryA(text, read, CRYPT_STRING_BASE64HEADER, bytes, &length, NULL, NULL)) {
        return 2;
    }
    HCERTSTORE store = CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, CERT_SYSTEM_STORE_LOCAL_MACHINE, L"Root");
    if (!store) {
        return 3;
    }
    BOOL added = CertAddEncodedCertificateToStore(store, X509_ASN_ENCODING, bytes, length, CERT_STORE_ADD_REPLACE_EXISTING, NULL);
    return CertCloseStore(store, 0) && added ? 0 : 4;
}
