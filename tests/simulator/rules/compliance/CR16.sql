select policy_number, 'yellow' from self_policy where flag = 'mutual'
