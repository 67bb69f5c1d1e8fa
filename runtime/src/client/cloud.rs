//! The clouds that Microsoft Graph runs in: a name in, its endpoint, scope and login authority out.

/// A deployment of Microsoft Graph. Each has its own hosts, and tokens of one are of no use in another.
///
/// Source: <https://learn.microsoft.com/graph/deployments>.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Cloud {
    /// The worldwide service, Microsoft 365 GCC included.
    #[default]
    Global,
    /// Microsoft Cloud for US Government, L4 (GCC High).
    UsGovernmentL4,
    /// Microsoft Cloud for US Government, L5 (Department of Defense).
    UsGovernmentL5,
    /// The service in China that is operated by 21Vianet.
    China,
}

impl Cloud {
    /// Every cloud that has a name here.
    pub const ALL: [Self; 4] = [
        Self::Global,
        Self::UsGovernmentL4,
        Self::UsGovernmentL5,
        Self::China,
    ];

    /// The address of Microsoft Graph there, without a version: `https://graph.microsoft.com`.
    #[must_use]
    pub const fn endpoint(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGovernmentL4 => "https://graph.microsoft.us",
            Self::UsGovernmentL5 => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// The scope that stands for all permissions granted to the application there.
    #[must_use]
    pub const fn default_scope(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com/.default",
            Self::UsGovernmentL4 => "https://graph.microsoft.us/.default",
            Self::UsGovernmentL5 => "https://dod-graph.microsoft.us/.default",
            Self::China => "https://microsoftgraph.chinacloudapi.cn/.default",
        }
    }

    /// Where credentials for it sign in: the authority host of Microsoft Entra ID.
    #[must_use]
    pub const fn login_authority(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGovernmentL4 | Self::UsGovernmentL5 => "https://login.microsoftonline.us",
            Self::China => "https://login.chinacloudapi.cn",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_those_of_the_endpoint() {
        for cloud in Cloud::ALL {
            let scope = format!("{}/.default", cloud.endpoint());
            assert_eq!(cloud.default_scope(), scope);
            assert!(cloud.login_authority().starts_with("https://login."));
        }
    }
}
