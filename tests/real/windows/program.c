// Test equipment: a program that stands for a product's own. It does nothing, as a service when Windows starts it as one, for ten minutes.
#include <windows.h>

static SERVICE_STATUS_HANDLE service;

static void tell(DWORD state) {
    SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS, .dwCurrentState = state, .dwControlsAccepted = SERVICE_ACCEPT_STOP};
    SetServiceStatus(service, &status);
}

static void WINAPI asked(DWORD control) {
    if (control == SERVICE_CONTROL_STOP) {
        tell(SERVICE_STOPPED);
        ExitProcess(0);
    }
}

static void WINAPI as_service(DWORD count, LPWSTR *arguments) {
    (void)count, (void)arguments;
    service = RegisterServiceCtrlHandlerW(L"", asked);
    tell(SERVICE_RUNNING);
    Sleep(600000);
    tell(SERVICE_STOPPED);
}

int WINAPI WinMain(HINSTANCE own, HINSTANCE none, LPSTR line, int show) {
    (void)own, (void)none, (void)line, (void)show;
    SERVICE_TABLE_ENTRYW table[] = {{(LPWSTR)L"", as_service}, {NULL, NULL}};
    if (!StartServiceCtrlDispatcherW(table)) {
        Sleep(600000);
    }
    return 0;
}
