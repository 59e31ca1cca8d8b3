//! The words that fields of facts can have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($( $(#[doc = $doc:literal])+ $name:ident { $( $(#[doc = $vdoc:literal])+ $variant:ident, )* } )*) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $( $(#[doc = $vdoc])+ $variant, )*
            /// Not known, or a word of a newer version.
            #[default]
            #[serde(other)]
            Unknown,
        }
    )* };
}

words! {
    /// What could be seen of a program's executable.
    Executable {
        /// The path is known and the file is there.
        Open,
        /// The system does not show it to this user.
        Closed,
        /// The file was deleted after the start.
        Deleted,
    }
    /// Whether something starts by itself.
    Enabled {
        /// It starts by itself.
        Yes,
        /// It is there but does not start.
        No,
        /// It starts when something asks for it.
        OnDemand,
    }
    /// How something is started.
    Mechanism {
        /// A systemd unit of the system.
        Systemd,
        /// A systemd unit of the user's session.
        SystemdUser,
        /// A SysV script.
        Sysv,
        /// A desktop entry that starts at login.
        Xdg,
        /// cron.
        Cron,
        /// A profile of the user's shell.
        Shell,
        /// D-Bus, when something asks for the name.
        Dbus,
        /// A service of Windows.
        Service,
        /// A driver of Windows.
        Driver,
        /// A Run key of the registry.
        Run,
        /// A Startup folder of Windows.
        StartupFolder,
        /// A scheduled task of Windows.
        ScheduledTask,
        /// A launchd daemon.
        LaunchdDaemon,
        /// A launchd agent.
        LaunchdAgent,
        /// A login item of macOS.
        LoginItem,
        /// What macOS runs as administrator when somebody logs in or out.
        LoginHook,
    }
    /// What a system extension takes part in.
    ExtensionPart {
        /// It is told what programs do with files and processes, and may refuse it.
        EndpointSecurity,
        /// Network traffic.
        Network,
        /// A device.
        Driver,
    }
    /// What goes through a program that stands in the network.
    NetworkSort {
        /// All connections, which it may refuse.
        ContentFilter,
        /// Which addresses belong to which names.
        Dns,
        /// All traffic, to another network.
        Vpn,
        /// Traffic of some programs or to some places.
        Proxy,
    }
    /// What macOS asks before it lets a program.
    PrivacyRight {
        /// To see the screen.
        Screen,
        /// To control the computer, and with it to read what is on it.
        Accessibility,
        /// To read what is typed in other programs.
        Input,
        /// To use the camera.
        Camera,
        /// To use the microphone.
        Microphone,
        /// To read all files.
        AllFiles,
        /// To read the files in some folder of the worker.
        SomeFiles,
        /// To know where the computer is.
        Location,
        /// To control other programs.
        Automation,
        /// To read contacts, calendars, reminders or photos.
        Personal,
    }
    /// A part of the computer that sees or hears.
    Device {
        /// The camera.
        Camera,
        /// The microphone.
        Microphone,
        /// The screen, shown to somebody elsewhere.
        Screen,
    }
    /// A part of the system that takes part in logging in.
    AuthSystem {
        /// Pluggable Authentication Modules.
        Pam,
        /// Name Service Switch.
        Nss,
        /// What Windows starts when somebody logs in.
        Winlogon,
        /// A way to log in to Windows.
        CredentialProvider,
        /// A package of the Local Security Authority, or one that is told of new passwords.
        Lsa,
        /// A network provider, which Windows gives the password at the login.
        NetworkProvider,
        /// A plug-in that macOS asks when somebody logs in.
        AuthorizationPlugin,
    }
    /// What goes through a filter driver.
    Filtered {
        /// Files that are opened, read and written.
        Files,
        /// Keys that are pressed.
        Keyboard,
        /// The mouse.
        Mouse,
        /// Network packets.
        Network,
    }
    /// How an extension came into a browser.
    Install {
        /// From the browser's store, by the worker.
        Store,
        /// Forced by a policy.
        Policy,
        /// Put there by another program or package.
        Sideload,
        /// Loaded from a folder, as developers do.
        Unpacked,
        /// Part of the browser.
        Builtin,
    }
    /// Where a trusted root certificate comes from.
    Anchor {
        /// In the package of the distribution, though not in Mozilla's list of today.
        Distribution,
        /// Added to this computer.
        Added,
    }
    /// Who set something.
    SetBy {
        /// A policy of an administrator.
        Policy,
        /// The system's own configuration.
        System,
        /// The distribution.
        Distribution,
        /// The worker's own account.
        User,
    }
}
