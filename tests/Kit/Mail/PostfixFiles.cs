using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>The folders and files of one Postfix instance.</summary>
internal sealed class PostfixFiles(TempFolder folder)
{
    private const string Daemons = """
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        error unix - - n - - error
        retry unix - - n - - error
        virtual unix - n n - - virtual
        anvil unix - - n - 1 anvil
        proxymap unix - - n - - proxymap
        postlog unix-dgram n - n - 1 postlogd

        """;

    /// <summary>Mail to taro@sent-back.test is taken, forwarded, and sent back to its reverse-path; that lands in the same Maildir (by <c>kit.invalid</c>).</summary>
    private const string SentBack = "inline:{ { behind.sent-back.test = error:5.1.1 There is nobody of that name } }";

    private const string Forwarded = "inline:{ { taro@sent-back.test = jiro@behind.sent-back.test } }";

    public string Configuration { get; } = folder.Folder("postfix", "etc");

    /// <summary>Where delivered mail lies, one file each.</summary>
    public string Inbox => Path.Combine(Mail, "inbox", "new");

    private string Mail { get; } = folder.Folder("postfix", "mail");

    private string Queue { get; } = folder.Folder("postfix", "queue");

    private string Data { get; } = folder.Folder("postfix", "data");

    public async Task MakeAsync()
    {
        var queues = "active bounce corrupt defer deferred flush hold incoming private saved trace".Split(' ');
        await InstallAsync(["-o", "postfix", "-m", "0700", Data, Mail, .. queues.Select(q => Path.Combine(Queue, q))]);
        await InstallAsync(["-o", "postfix", "-g", "postdrop", "-m", "0730", Path.Combine(Queue, "maildrop")]);
        await InstallAsync(["-o", "postfix", "-g", "postdrop", "-m", "0710", Path.Combine(Queue, "public")]);
        await InstallAsync(["-m", "0755", Path.Combine(Queue, "pid")]);
        var (user, group) = (await IdAsync("-u"), await IdAsync("-g"));
        await File.WriteAllTextAsync(Path.Combine(Configuration, "main.cf"), Main(user, group));
        await WriteServicesAsync("");
    }

    /// <summary>Whole at once: Postfix may be reading the file still, and ends, saying nothing, where it finds the half of a line.</summary>
    public async Task WriteServicesAsync(string servers)
    {
        var file = Path.Combine(Configuration, "master.cf");
        await File.WriteAllTextAsync($"{file}.new", servers + Daemons);
        File.Move($"{file}.new", file, overwrite: true);
    }

    private static Task InstallAsync(params string[] arguments) =>
        Child.RunAsync(Path.GetTempPath(), ["install", "-d", .. arguments]);

    private static async Task<string> IdAsync(string which) =>
        (await Child.RunAsync(Path.GetTempPath(), "id", which, "postfix")).Trim();

    /// <summary>Any recipient is taken and lands in one Maildir; nothing slows a test down; session tickets are on.</summary>
    private string Main(string user, string group) =>
        $"""
            compatibility_level = 3.6
            queue_directory = {Queue}
            data_directory = {Data}
            maillog_file = /dev/stdout
            myhostname = kit.invalid
            mydestination =
            inet_protocols = all
            alias_maps =
            local_recipient_maps =
            virtual_mailbox_domains = static:all
            transport_maps = {SentBack}
            virtual_alias_maps = {Forwarded}
            virtual_mailbox_maps = static:inbox/
            virtual_mailbox_base = {Mail}
            virtual_mailbox_limit = 0
            virtual_uid_maps = static:{user}
            virtual_gid_maps = static:{group}
            virtual_minimum_uid = 1
            message_size_limit = 209715200
            smtpd_peername_lookup = no
            smtpd_relay_restrictions = reject_unauth_destination
            smtpd_recipient_restrictions = reject_unauth_destination
            smtpd_tls_received_header = yes
            smtpd_tls_loglevel = 1
            smtpd_client_connection_count_limit = 0
            smtpd_error_sleep_time = 0
            smtpd_hard_error_limit = 1000
            in_flow_delay = 0
            notify_classes =
            service_throttle_time = 1s
            syslog_facility = mail

            """;
}
